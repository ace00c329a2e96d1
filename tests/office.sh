#!/bin/sh
# Opens a sample paper with LibreOffice and says what it saw. Not part of every test run: soffice is large.
# usage: tests/office.sh BUILD/house_tests     exit 0: opened and read back, or soffice is not installed; 1: not.
set -eu
tests=${1:?usage: tests/office.sh BUILD/house_tests}
root=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
NHIPCAU_ROOT=$root NHIPCAU_SAMPLES=$dir "$tests" >"$dir/log" 2>&1 || { tail -5 "$dir/log"; exit 1; }
ls -l "$dir/sample.docx" "$dir/sample.pdf"
if ! command -v soffice >/dev/null; then
	echo "soffice is not installed: the sample was made, not opened"
	exit 0
fi
soffice -env:UserInstallation="file://$dir/profile" --headless --convert-to txt:Text --outdir "$dir" "$dir/sample.docx" >/dev/null
for words in "ĐIỂM BÁO NGÀY" "Độc lập - Tự do - Hạnh phúc" "chậm chi trả" "Việc thứ hai" "Trả lời báo chí" "Nơi nhận:"; do
	if grep -qF "$words" "$dir/sample.txt"; then
		echo "saw: $words"
	else
		echo "missing: $words"
		exit 1
	fi
done
