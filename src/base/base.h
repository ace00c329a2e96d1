/*
 * base - the words everything else is written in: slices, arenas, growing text, faults.
 *
 * Floor 0. Knows no file, no socket, no table. Text is a view (struct str) that owns nothing; memory
 * comes from an arena and dies with it; what goes wrong is one of nine words and is told once.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define AUTO(fn) __attribute__((cleanup(fn)))
#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* A bug stops the program, in release too: what follows would be built on sand. */
#define BUG_IF(cond) \
	do { \
		if (__builtin_expect(!!(cond), 0)) \
			bug_at(__FILE__, __LINE__, #cond); \
	} while (0)
_Noreturn void bug_at(const char *file, int line, const char *what);

/* ---- slices: a view of bytes that somebody else keeps; not NUL-terminated by promise ------------ */

struct str {
	const char *p;
	size_t n;
};

#define S(lit) ((struct str){ (lit), sizeof(lit) - 1 })
#define S_INIT(lit) { (lit), sizeof(lit) - 1 } /* the same where a constant is needed */
#define FMT(s) (int)(s).n, (s).p               /* for "%.*s" */

struct str str_z(const char *z);                     /* NULL gives the empty slice */
static inline struct str str_some(struct str s) { return s.p ? s : S(""); } /* what is absent (NULL) becomes the empty slice */
struct str str_sub(struct str s, size_t from, size_t to); /* [from, to), cut to what is there */
bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b);      /* ASCII letters only */
int str_cmp(struct str a, struct str b);             /* by bytes */
bool str_starts(struct str s, struct str head);
bool str_ends(struct str s, struct str tail);
struct str str_trim(struct str s);                   /* ASCII white space off both ends */
ptrdiff_t str_find(struct str s, struct str what);   /* offset of the first, or -1 */
ptrdiff_t str_chr(struct str s, char c);             /* offset of the first, or -1 */
/* Takes the piece before the next `sep` off the front of *rest. False when nothing is left. */
bool str_split(struct str *rest, char sep, struct str *ret_piece);
/* Whole text as a decimal number; false when it is not one or does not fit. *ret untouched then. */
MUST_USE bool str_int(struct str s, int64_t *ret);
MUST_USE bool str_real(struct str s, double *ret);   /* always with a decimal point */

/* ---- arenas: memory that goes all at once ------------------------------------------------------- */

struct arena {
	struct arena_block *top, *spare; /* spare: the block given back last, so that loops do not ask the system again */
	size_t held;                     /* bytes asked of the system: what limits are set on */
};

struct arena_mark {
	struct arena_block *top;
	size_t used;
};

void *arena_get(struct arena *a, size_t n);          /* zeroed, 16-byte aligned; stops the program when none is left */
void *arena_raw(struct arena *a, size_t n);          /* the same, not zeroed */
char *arena_z(struct arena *a, struct str s);        /* a NUL-terminated copy */
struct str arena_str(struct arena *a, struct str s); /* a copy, NUL after it */
void arena_done(struct arena *a);                    /* frees all; the arena may be used again */
void arena_reset(struct arena *a);                   /* forgets all, keeps one block for the next round */
struct arena_mark arena_mark(struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark); /* gives back what came after the mark */

#define NEW(arena, type) ((type *)arena_get((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, n) ((type *)arena_array((arena), (n), sizeof(type)))
void *arena_array(struct arena *a, size_t n, size_t each); /* zeroed; a product that overflows is a bug */

/* Makes room for one more in a growing array; `v` is the array variable, doubled when full. */
#define GROW(arena, v, n, cap) \
	do { \
		if ((n) == (cap)) \
			(v) = arena_grow((arena), (v), (n), &(cap), sizeof *(v)); \
	} while (0)
void *arena_grow(struct arena *a, const void *v, size_t n, size_t *cap, size_t each);

/* ---- growing text ------------------------------------------------------------------------------- */

struct text {
	struct arena *mem;
	char *p;
	size_t n, cap;
};

static inline struct text text_new(struct arena *mem) { return (struct text){ .mem = mem }; }
void text_add(struct text *t, struct str s);
void text_z(struct text *t, const char *z);
void text_c(struct text *t, char c);
void text_int(struct text *t, int64_t i);
void text_fmt(struct text *t, const char *fmt, ...) PRINTF(2, 3);
void text_code(struct text *t, uint32_t cp);         /* one code point as UTF-8 */
void text_need(struct text *t, size_t more);         /* room for that many bytes without another copy */
static inline struct str text_str(const struct text *t) { return (struct str){ t->p ? t->p : "", t->n }; }
struct str str_fmt(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/* ---- what goes wrong ---------------------------------------------------------------------------- */

enum err { OK = 0, ERR_INPUT, ERR_NOT_FOUND, ERR_DENIED, ERR_CONFLICT, ERR_BUSY, ERR_LIMIT, ERR_REMOTE, ERR_STORE };

struct fault {
	enum err err;
	const char *say;    /* key of the catalogue: what the person is told */
	const char *at;     /* file:line */
	char detail[300];   /* for the log, and for the terminal */
};

MUST_USE enum err fault_set(struct fault *f, const char *at, enum err err, const char *say, const char *fmt, ...) PRINTF(5, 6);
const char *err_name(enum err err); /* "input", "not_found" … */

#define STRINGIFY2(x) #x
#define STRINGIFY(x) STRINGIFY2(x)
#define HERE __FILE__ ":" STRINGIFY(__LINE__)
/* In the pure floors: return FAULT(fault, ERR_INPUT, "feed.empty", "no item in %zu bytes", n); */
#define FAULT(fault, err, say, ...) fault_set((fault), HERE, (err), (say), __VA_ARGS__)
#define TRY(call) \
	do { \
		enum err err_ = (call); \
		if (err_ != OK) \
			return err_; \
	} while (0)

/* ---- numbers that look random and are not ------------------------------------------------------- */

uint64_t hash64(const void *p, size_t n, uint64_t seed); /* not for secrets; the same on every machine */
static inline uint64_t hash_str(struct str s) { return hash64(s.p, s.n, 0); }
uint64_t hash_mix(uint64_t x);                           /* a bijection that spreads every bit */
struct rng { uint64_t s; };
uint64_t rng_next(struct rng *r);                        /* splitmix64 */
double rng_unit(struct rng *r);                          /* [0, 1) */

#endif
