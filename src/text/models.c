/*
 * models - the trained models and the tables of names, inside the program. The models' cards (models/NAME.card.md) say
 * what they were trained on, under which licences, and how well they do.
 */
#include "text/gazetteer_inner.h"
#include "text/label_model.h"
#include "text/models_dir.h" /* made by meson, anew when a model or a table changes */
#include "text/segment.h"

#define EMBED(name, file) \
	__asm__(".pushsection .rodata\n.balign 64\n" #name "_from: .incbin \"" MODELS_DIR "/" file "\"\n" #name "_to: .byte 0\n.popsection\n"); \
	extern const char name##_from[], name##_to[]; \
	struct str name(void) \
	{ \
		return (struct str){ name##_from, (size_t)(name##_to - name##_from) }; \
	}

EMBED(model_segment, "vi-segment.model")
EMBED(model_labels, "vi-labels.model")
EMBED(gazetteer_places, "gazetteer/places.tsv")
EMBED(gazetteer_bodies, "gazetteer/bodies.tsv")
EMBED(gazetteer_foreign, "gazetteer/foreign.tsv")
