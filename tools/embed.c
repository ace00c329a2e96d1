/*
 * embed - turns a text file into a C string, at build time.  embed IN OUT.c
 * sql/0001_house.sql becomes: const char embed_0001_house_sql[] and its size without the final NUL.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	FILE *in = argc == 3 ? fopen(argv[1], "rb") : NULL, *out = in ? fopen(argv[2], "wb") : NULL;
	if (!out)
		return fprintf(stderr, "usage: embed IN OUT.c\n"), 1;
	char name[256];
	const char *slash = strrchr(argv[1], '/');
	snprintf(name, sizeof name, "%s", slash ? slash + 1 : argv[1]);
	for (char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
	fprintf(out, "#include <stddef.h>\nextern const char embed_%s[];\nextern const size_t embed_%s_size;\n", name, name);
	fprintf(out, "const char embed_%s[] =\n\"", name);
	size_t n = 0;
	for (int c; (c = fgetc(in)) != EOF; n++)
		if (c == '\n')
			fputs("\\n\"\n\"", out);
		else if (c == '"' || c == '\\' || c == '?')
			fprintf(out, "\\%c", c);
		else if (isprint(c))
			fputc(c, out);
		else
			fprintf(out, "\\%03o", c);
	fprintf(out, "\";\nconst size_t embed_%s_size = %zu;\n", name, n);
	fclose(in);
	return fclose(out) != 0;
}
