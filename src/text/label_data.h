/* label_data - the tables and the model of the labels, inside the program. */
#ifndef TEXT_LABEL_DATA_H
#define TEXT_LABEL_DATA_H

#include "base/base.h"

struct str label_places_tsv(void);
struct str label_bodies_tsv(void);
struct str label_cues_tsv(void);
struct str label_model_bytes(void);

#endif
