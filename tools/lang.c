/*
 * lang - turns the catalogues of one language into a sorted C table, at build time.
 *   lang NAME OUT.c FILE.txt...      lines of "key = text"; "#" opens a note
 * A line that is neither, a key given twice, and an empty text stop the build with file:line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry { char *key, *text; const char *file; int line; };

static struct entry entries[8192];
static size_t nentries;

static void die(const char *file, int line, const char *why)
{
	fprintf(stderr, "%s:%d: %s\n", file, line, why);
	exit(1);
}

static char *trim(char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	size_t n = strlen(s);
	while (n && strchr(" \t\r\n", s[n - 1]))
		s[--n] = 0;
	return s;
}

static void read_file(const char *file)
{
	char line[4096];
	FILE *in = fopen(file, "rb");
	if (!in)
		die(file, 0, "cannot be opened");
	for (int no = 1; fgets(line, sizeof line, in); no++) {
		char *key = trim(line), *eq = strchr(key, '=');
		if (!*key || *key == '#')
			continue;
		if (!eq)
			die(file, no, "not of the form key = text");
		*eq = 0;
		key = trim(key);
		char *text = trim(eq + 1);
		if (!*key || !*text || strpbrk(key, " \t"))
			die(file, no, "the key or the text is empty, or the key holds a space");
		if (nentries == sizeof entries / sizeof entries[0])
			die(file, no, "too many texts");
		entries[nentries++] = (struct entry){ strdup(key), strdup(text), file, no };
	}
	fclose(in);
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static void write_quoted(FILE *out, const char *s)
{
	fputc('"', out);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fputc('\\', out);
		if (*s == '?')
			fputc('\\', out);
		fputc(*s, out);
	}
	fputc('"', out);
}

int main(int argc, char **argv)
{
	if (argc < 4)
		die("lang", 0, "usage: lang NAME OUT.c FILE.txt...");
	for (int i = 3; i < argc; i++)
		read_file(argv[i]);
	qsort(entries, nentries, sizeof entries[0], by_key);
	for (size_t i = 1; i < nentries; i++)
		if (!strcmp(entries[i - 1].key, entries[i].key))
			die(entries[i].file, entries[i].line, "this key is there already");
	FILE *out = fopen(argv[2], "wb");
	if (!out)
		die(argv[2], 0, "cannot be written");
	fprintf(out, "#include \"web/catalog_data.h\"\n\nconst struct catalog_row catalog_%s[] = {\n", argv[1]);
	for (size_t i = 0; i < nentries; i++) {
		fputs("\t{ ", out);
		write_quoted(out, entries[i].key);
		fputs(", ", out);
		write_quoted(out, entries[i].text);
		fputs(" },\n", out);
	}
	fprintf(out, "};\nconst size_t catalog_%s_n = %zu;\n", argv[1], nentries);
	return fclose(out) != 0;
}
