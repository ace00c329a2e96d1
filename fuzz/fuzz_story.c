/* fuzz_story - the written forms of the story floor: prints, vectors, counts; and any text through them. */
#include "text/cluster.h"
#include "text/near.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = { (const char *)data, size };
	struct arena mem = { 0 };
	struct fault fault;
	struct near_print print;
	if (near_print_read(s, &print, &fault) == OK)
		near_compare(&print, &print);
	print = near_print_of(&mem, str_sub(s, 0, size / 4), s);
	struct cluster *c = cluster_new(&mem, (struct cluster_settings){ .room = 8, .slots_log2 = 10 });
	struct cluster_kept kept = { { .id = 7, .title = s, .published = (int64_t)size }, 3, s, size & 1 };
	struct cluster_item item = { .id = 9, .title = str_sub(s, 0, size / 3), .text = s, .published = 5000 };
	struct cluster_answer r;
	bool read = cluster_restore(c, &kept, &fault) == OK && cluster_counts_read(c, s, &fault) == OK;
	if (cluster_add(c, &mem, &item, &r, &fault) == OK && !read)
		BUG_IF(!cluster_vector_sound(r.vector));
	cluster_again(c);
	cluster_done(c);
	arena_done(&mem);
	return 0;
}
