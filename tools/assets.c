/*
 * assets - puts the files of assets/ into the binary, at build time.  assets OUT.c OUT.bin FILE...
 *
 * Style sheets are joined, in the order given, into one app.css, and url("name") in them becomes the
 * hashed name. Every file gets a path with a hash of its content, so that it may be kept for a year, and
 * text is kept a second time packed with gzip, so that nothing is packed while a reader waits.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct file {
	char name[128], path[192];
	unsigned char *bytes;
	size_t n, at, packed_at, packed_n;
};

static struct file files[256];
static size_t nfiles;

static void die(const char *what, const char *why)
{
	fprintf(stderr, "assets: %s: %s\n", what, why);
	exit(1);
}

static int ends(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);
	return n >= m && !strcmp(s + n - m, tail);
}

static const char *media(const char *name)
{
	static const char *const kinds[][2] = { { ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
		{ ".svg", "image/svg+xml" }, { ".woff2", "font/woff2" }, { ".png", "image/png" }, { ".ico", "image/x-icon" } };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (ends(name, kinds[i][0]))
			return kinds[i][1];
	die(name, "a kind of file that has no media type here");
	return NULL;
}

static void append(struct file *f, const void *p, size_t n)
{
	f->bytes = realloc(f->bytes, f->n + n + 1);
	if (!f->bytes)
		die(f->name, "no memory");
	memcpy(f->bytes + f->n, p, n);
	f->n += n;
	f->bytes[f->n] = 0;
}

static void take_file(struct file *f, const char *from)
{
	static unsigned char part[1 << 16];
	FILE *in = fopen(from, "rb");
	if (!in)
		die(from, "cannot be opened");
	for (size_t n; (n = fread(part, 1, sizeof part, in)) > 0;)
		append(f, part, n);
	fclose(in);
}

static struct file *file_named(const char *name)
{
	for (size_t i = 0; i < nfiles; i++)
		if (!strcmp(files[i].name, name))
			return &files[i];
	return NULL;
}

static struct file *file_new(const char *name)
{
	if (nfiles == sizeof files / sizeof files[0])
		die(name, "too many files");
	struct file *f = &files[nfiles++];
	snprintf(f->name, sizeof f->name, "%s", name);
	return f;
}

/* The hash in a path only has to change when the content does. */
static void name_path(struct file *f)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < f->n; i++)
		h = (h ^ f->bytes[i]) * 0x100000001b3u;
	char name[sizeof f->name]; /* a copy, as the compiler cannot see that name and path lie apart */
	memcpy(name, f->name, sizeof name);
	const char *dot = strrchr(name, '.');
	snprintf(f->path, sizeof f->path, "/assets/%.*s.%012llx%s", (int)(dot - name), name, (unsigned long long)(h & 0xffffffffffffu), dot);
}

/* url("x.woff2") in the style sheet becomes the hashed path of that file. */
static void resolve_urls(struct file *css)
{
	struct file out = { 0 };
	snprintf(out.name, sizeof out.name, "%s", css->name);
	const char *p = (const char *)css->bytes, *at;
	while ((at = strstr(p, "url(\""))) {
		const char *from = at + 5, *to = strchr(from, '"');
		char name[128];
		if (!to || (size_t)(to - from) >= sizeof name)
			die(css->name, "url( without its end");
		snprintf(name, sizeof name, "%.*s", (int)(to - from), from);
		struct file *f = file_named(name);
		if (!f)
			die(name, "named in a style sheet but not given");
		append(&out, p, (size_t)(from - p));
		append(&out, f->path, strlen(f->path));
		p = to;
	}
	append(&out, p, strlen(p));
	free(css->bytes);
	css->bytes = out.bytes;
	css->n = out.n;
}

static void write_packed(struct file *f, FILE *bin, size_t *at)
{
	if (ends(f->name, ".woff2") || ends(f->name, ".png") || f->n < 256)
		return;
	uLong room = compressBound(f->n) + 64;
	unsigned char *out = malloc(room);
	z_stream z = { .next_in = f->bytes, .avail_in = (uInt)f->n, .next_out = out, .avail_out = (uInt)room };
	if (!out || deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK || deflate(&z, Z_FINISH) != Z_STREAM_END)
		die(f->name, "cannot be packed");
	f->packed_at = *at;
	f->packed_n = z.total_out;
	fwrite(out, 1, f->packed_n, bin);
	*at += f->packed_n;
	deflateEnd(&z);
	free(out);
}

static void write_table(const char *path, const char *bin)
{
	FILE *out = fopen(path, "wb");
	if (!out)
		die(path, "cannot be written");
	fprintf(out, "#include \"web/asset.h\"\n\n__asm__(\".section .rodata\\n.balign 16\\n.global asset_bytes\\nasset_bytes:\\n"
		".incbin \\\"%s\\\"\\n.previous\\n\");\n\nconst struct asset_row asset_rows[] = {\n", bin);
	for (size_t i = 0; i < nfiles; i++)
		fprintf(out, "\t{ \"%s\", \"%s\", \"%s\", %zu, %zu, %zu, %zu },\n", files[i].name, files[i].path, media(files[i].name),
			files[i].at, files[i].n, files[i].packed_at, files[i].packed_n);
	fprintf(out, "};\nconst size_t asset_rows_n = %zu;\n", nfiles);
	if (fclose(out))
		die(path, "cannot be written");
}

int main(int argc, char **argv)
{
	if (argc < 4)
		die("usage", "assets OUT.c OUT.bin FILE...");
	struct file *css = file_new("app.css");
	for (int i = 3; i < argc; i++) {
		const char *slash = strrchr(argv[i], '/'), *name = slash ? slash + 1 : argv[i];
		take_file(ends(name, ".css") ? css : file_new(name), argv[i]);
	}
	for (size_t i = 1; i < nfiles; i++)
		name_path(&files[i]);
	resolve_urls(css);
	name_path(css);
	FILE *bin = fopen(argv[2], "wb");
	if (!bin)
		die(argv[2], "cannot be written");
	size_t at = 0;
	for (size_t i = 0; i < nfiles; i++) {
		files[i].at = at;
		fwrite(files[i].bytes, 1, files[i].n, bin);
		at += files[i].n;
		write_packed(&files[i], bin, &at);
	}
	char whole[4096];
	if (fclose(bin) || !realpath(argv[2], whole))
		die(argv[2], "cannot be written");
	write_table(argv[1], whole);
	return 0;
}
