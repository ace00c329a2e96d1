#!/bin/sh
# models_dir - writes the header that tells models.c where the models lie. Their checksums are in it, so that it
# changes, and models.c is compiled anew, when a model does.   usage: models_dir.sh FOLDER
echo "#define MODELS_DIR \"$1\""
for model in "$1"/*.model "$1"/gazetteer/*.tsv; do
	echo "/* $(cksum <"$model") */"
done
