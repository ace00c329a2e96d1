# The words of the command line as a whole.
try 2 "no word at all shows the list and is a wrong call" </dev/null
err_has "usage: nhipcau COMMAND"
try 0 "help lists every word" help
out_has "segment"
out_has "stories"
try 0 "--help is help" --help
out_has "usage: nhipcau COMMAND"
try 0 "help of one word is that word's help" help segment
out_has "usage: nhipcau segment"
try 2 "a word that is not there is a wrong call" no-such-word </dev/null
err_has 'no command "no-such-word"'
try 2 "help of a word that is not there is a wrong call" help no-such-word
try 0 "version names the program" version
out_has "nhipcau "
try 0 "the manual page has every word of the help" manual
for word in segment stories forecast import; do out_has ".SS $word"; done
out_has '\-\-horizon'
if command -v man >/dev/null && ! man --warnings -l "$work/out" >/dev/null 2>"$work/err"; then broken "man does not read it"; fi
try 0 "the completion is a script that bash reads" completion
bash -n "$work/out" 2>"$work/err" || broken "bash does not read it"
out_has "--horizon"
