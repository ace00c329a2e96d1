/*
 * local - small files of the data folder, read whole, written beside and renamed.
 */
#include "app/local.h"

#include "text/gazetteer.h"
#include "text/label.h"

#include <errno.h>
#include <unistd.h>

enum err file_read(struct arena *mem, const char *path, size_t most, struct str *ret, struct fault *f)
{
	FILE *in = fopen(path, "rb");
	if (!in)
		return FAULT(f, errno == ENOENT ? ERR_NOT_FOUND : ERR_INPUT, "app.file", "%s: %s", path, strerror(errno));
	struct text t = text_new(mem);
	char part[65536];
	for (size_t n; t.n <= most && (n = fread(part, 1, sizeof part, in)) > 0;)
		text_add(&t, (struct str){ part, n });
	bool bad = ferror(in);
	fclose(in);
	if (bad || t.n > most)
		return FAULT(f, bad ? ERR_STORE : ERR_LIMIT, "app.file", "%s: %s", path, bad ? "cannot be read" : "is too large");
	*ret = text_str(&t);
	return OK;
}

enum err file_write(const char *path, struct str bytes, struct fault *f)
{
	char part[600];
	snprintf(part, sizeof part, "%s.part", path);
	FILE *out = fopen(part, "wb");
	bool good = out && fwrite(bytes.p, 1, bytes.n, out) == bytes.n && !fflush(out) && !fsync(fileno(out));
	int why = errno;
	if (out)
		good &= !fclose(out);
	if (good && !rename(part, path))
		return OK;
	remove(part);
	return FAULT(f, why == ENOSPC ? ERR_LIMIT : ERR_STORE, "app.file", "%s cannot be written: %s", path, strerror(why));
}

static enum err table(struct arena *mem, const char *dir, const char *name, struct str *ret, struct fault *f)
{
	enum err e = file_read(mem, str_fmt(mem, "%s/%s", dir, name).p, 16 << 20, ret, f);
	if (e != ERR_NOT_FOUND)
		return e;
	*ret = S("");
	return OK;
}

enum err local_labeller(struct arena *mem, const char *dir, struct labeller **ret, struct fault *f)
{
	struct str places, bodies;
	struct gazetteer *g = NULL;
	TRY(table(mem, dir, "places.tsv", &places, f));
	TRY(table(mem, dir, "bodies.tsv", &bodies, f));
	if (places.n || bodies.n)
		TRY(gazetteer_load(mem, places, bodies, &g, f));
	return labeller_new(mem, g, ret, f);
}
