/* classify - see classify.h. */
#include "text/classify.h"

#include <math.h>
#include <zlib.h>

const int classify_from[CLASSIFY_HEADS + 1] = { 0, 3, 6, 9, 21 };

static void put(struct features *f, uint64_t h)
{
	if (f->n < CLASSIFY_FEATURES)
		f->v[f->n++] = (uint32_t)(h >> 40) & (CLASSIFY_ROWS - 1);
}

void features_text(struct features *f, const struct tokens *t, bool title, size_t most)
{
	uint64_t before = 1;
	for (size_t i = 0; i < MIN(t->n, most); i++) {
		uint64_t h = t->v[i].hash;
		put(f, hash_mix(h));
		put(f, hash_mix(before * 0x9e3779b97f4a7c15u + h));
		if (title)
			put(f, hash_mix(h ^ 0x5851f42d4c957f2du));
		before = h;
	}
}

void features_mark(struct features *f, unsigned group, int id)
{
	put(f, hash_mix(((uint64_t)group << 32 | (uint32_t)id) + 0x2545f4914f6cdd1du));
}

enum err classify_read(struct str bytes, struct classifier *ret, struct fault *f)
{
	if (bytes.n != sizeof ret->head + (size_t)CLASSIFY_ROWS * CLASSIFY_WIDE || memcmp(bytes.p, "NCLABEL", 8))
		return FAULT(f, ERR_INPUT, "model.form", "no model of labels: %zu bytes", bytes.n);
	memcpy(&ret->head, bytes.p, sizeof ret->head);
	size_t after = offsetof(struct classify_head, version);
	if (crc32(0, (const unsigned char *)bytes.p + after, (uInt)(bytes.n - after)) != ret->head.crc || ret->head.version != 1)
		return FAULT(f, ERR_INPUT, "model.damaged", "the model of labels is damaged or of another version");
	ret->head.name[sizeof ret->head.name - 1] = 0;
	ret->rows = (const int8_t *)bytes.p + sizeof ret->head;
	return OK;
}

void classify_softmax(float *v, int from, int to, float temperature)
{
	float top = v[from], sum = 0;
	for (int i = from; i < to; i++)
		top = fmaxf(top, v[i]);
	for (int i = from; i < to; i++)
		sum += v[i] = expf((v[i] - top) / temperature);
	for (int i = from; i < to; i++)
		v[i] /= sum;
}

void classify_scores(const struct classifier *c, const struct features *f, float ret_p[CLASSIFY_WIDE])
{
	int32_t sum[CLASSIFY_WIDE] = { 0 };
	for (size_t i = 0; i < f->n; i++) {
		const int8_t *row = c->rows + (size_t)f->v[i] * CLASSIFY_WIDE;
		for (int k = 0; k < CLASSIFY_WIDE; k++)
			sum[k] += row[k];
	}
	float norm = f->n ? 1 / sqrtf((float)f->n) : 0;
	for (int k = 0; k < CLASSIFY_WIDE; k++)
		ret_p[k] = (float)sum[k] * c->head.scale[k] * norm + c->head.bias[k];
	for (int h = 0; h < CLASSIFY_HEADS; h++)
		classify_softmax(ret_p, classify_from[h], classify_from[h + 1], c->head.temperature[h]);
}
