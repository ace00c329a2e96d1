/*
 * models - the trained models, inside the program. Their cards (models/NAME.card.md) say what they were trained
 * on, under which licences, and how well they do.
 */
#include "text/label_model.h"
#include "text/models_dir.h" /* made by meson, anew when a model changes */
#include "text/segment.h"

__asm__(".pushsection .rodata\n"
	".balign 64\n"
	"model_segment_from: .incbin \"" MODELS_DIR "/vi-segment.model\"\n"
	"model_segment_to: .byte 0\n"
	".balign 64\n"
	"model_labels_from: .incbin \"" MODELS_DIR "/vi-labels.model\"\n"
	"model_labels_to: .byte 0\n"
	".popsection\n");

extern const char model_segment_from[], model_segment_to[], model_labels_from[], model_labels_to[];

struct str model_segment(void)
{
	return (struct str){ model_segment_from, (size_t)(model_segment_to - model_segment_from) };
}

struct str model_labels(void)
{
	return (struct str){ model_labels_from, (size_t)(model_labels_to - model_labels_from) };
}
