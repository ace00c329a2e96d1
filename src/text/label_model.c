/*
 * label_model - the model's file, checked before it is trusted.
 */
#include "text/label_model.h"

#include <zlib.h>

static const size_t part_sizes[] = { sizeof(struct label_slot) << LABEL_SLOT_BITS, 0, (sizeof(int16_t) * LABEL_OUT) << LABEL_BITS,
	(sizeof(int16_t) * LABEL_TOPICS_ALL) << LABEL_TOPIC_BITS };

/* Every slot points to a vector that is there, and a search ends at an empty one. */
static bool slots_sound(const struct label_slot *slots, uint32_t nvectors)
{
	size_t empty = 0;
	for (size_t i = 0; i < (size_t)1 << LABEL_SLOT_BITS; i++) {
		if (slots[i].print && slots[i].vector >= nvectors)
			return false;
		empty += !slots[i].print;
	}
	return empty > 0;
}

enum err label_model_open(struct str bytes, struct label_model *ret, struct fault *f)
{
	const struct label_head *h = (const struct label_head *)(const void *)bytes.p;
	const size_t covered = offsetof(struct label_head, nvectors);
	if (bytes.n < sizeof *h || memcmp(h->magic, "VILABEL", 8))
		return FAULT(f, ERR_INPUT, "model.not_a_model", "no model of labels in %zu bytes", bytes.n);
	BUG_IF((uintptr_t)bytes.p % 16);
	if (h->version != LABEL_VERSION)
		return FAULT(f, ERR_INPUT, "model.version", "model of labels of version %u, this program reads %d", h->version, LABEL_VERSION);
	size_t vectors = (size_t)h->nvectors * LABEL_DIM;
	if (h->nvectors > LABEL_VECTORS || bytes.n != sizeof *h + part_sizes[0] + vectors + part_sizes[2] + part_sizes[3])
		return FAULT(f, ERR_INPUT, "model.damaged", "model of labels: parts do not fit %zu bytes", bytes.n);
	if ((uint32_t)crc32_z(0, (const Bytef *)bytes.p + covered, bytes.n - covered) != h->crc || h->name[sizeof h->name - 1])
		return FAULT(f, ERR_INPUT, "model.damaged", "model of labels: the checksum is another");
	const char *p = bytes.p + sizeof *h;
	struct label_model m = { .head = h, .slots = (const void *)p };
	m.vectors = (const void *)(p += part_sizes[0]);
	m.weights = (const void *)(p += vectors);
	m.topics = (const void *)(p + part_sizes[2]);
	if (!slots_sound(m.slots, h->nvectors))
		return FAULT(f, ERR_INPUT, "model.damaged", "model of labels: a word without a vector");
	*ret = m;
	return OK;
}
