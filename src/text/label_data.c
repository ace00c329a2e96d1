/* label_data - see label_data.h; models/vi-labels.card.md says where each comes from. */
#include "text/label_data.h"

#include "text/models_dir.h"

#define EMBED(name, file) \
	__asm__(".pushsection .rodata\n.balign 64\n" #name "_from: .incbin \"" MODELS_DIR "/" file "\"\n" #name "_to: .byte 0\n.popsection\n"); \
	extern const char name##_from[], name##_to[]; \
	struct str label_##name(void) \
	{ \
		return (struct str){ name##_from, (size_t)(name##_to - name##_from) }; \
	}

EMBED(places_tsv, "gazetteer/places.tsv")
EMBED(bodies_tsv, "gazetteer/bodies.tsv")
EMBED(cues_tsv, "gazetteer/cues.tsv")
EMBED(model_bytes, "vi-labels.model")
