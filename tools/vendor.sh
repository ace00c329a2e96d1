#!/bin/sh
# vendor - brings the front-end parts named in assets/vendor/VENDOR.tsv from the npm registry, checks each
# archive against the recorded SHA-256 and lays the few files we use into assets/vendor/. Needed only when a
# version changes: the files are kept in the repository, and the build needs no Node.
# usage: tools/vendor.sh            check and lay out
#        tools/vendor.sh --record   write the sums of the versions named into VENDOR.tsv first
set -eu
cd "$(dirname "$0")/../assets/vendor"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # package version sum -> unpacks into $work/NAME, prints the sum
	cd "$work"
	archive=$(npm pack --silent "$1@$2")
	sum=$(sha256sum "$archive" | cut -d' ' -f1)
	if [ "$3" != - ] && [ "$3" != "$sum" ]; then
		echo "$1@$2: sha256 is $sum, recorded is $3" >&2
		exit 1
	fi
	name=$(echo "$1" | tr -d '@' | tr '/' '-')
	mkdir -p "$name"
	tar -xzf "$archive" -C "$name" --strip-components=1
	cd "$here"
	echo "$sum"
}

head -n 1 VENDOR.tsv > "$work/new.tsv"
tail -n +2 VENDOR.tsv > "$work/rows"
while IFS='	' read -r package version sum licence; do
	[ "${1:-}" = --record ] && sum=-
	got=$(fetch "$package" "$version" "$sum")
	printf '%s\t%s\t%s\t%s\n' "$package" "$version" "$got" "$licence" >> "$work/new.tsv"
done < "$work/rows"

cp "$work/htmx.org/dist/htmx.min.js" htmx.min.js
for name in htmx.org fontsource-be-vietnam-pro lucide-static; do
	cp "$work/$name/LICENSE" "$name.LICENSE"
done
for weight in 400 500 600 700; do
	for set in latin latin-ext vietnamese; do
		cp "$work/fontsource-be-vietnam-pro/files/be-vietnam-pro-$set-$weight-normal.woff2" .
	done
done
{
	echo '<svg xmlns="http://www.w3.org/2000/svg">'
	while read -r icon; do
		file=$work/lucide-static/icons/$icon.svg
		if [ ! -f "$file" ]; then
			echo "lucide-static has no icon $icon" >&2
			continue
		fi
		printf '<symbol id="i-%s" viewBox="0 0 24 24">' "$icon"
		sed -e 's/<!--.*-->//' "$file" | tr -s '\n\t ' '   ' | sed -e 's/^ *<svg[^>]*>//' -e 's/<\/svg>.*$//' -e 's/> *</></g' -e 's/ *\/>/\/>/g' | tr -d '\n'
		echo '</symbol>'
	done < icons.txt
	echo '</svg>'
} > icons.svg
cp "$work/new.tsv" VENDOR.tsv
ls -l
