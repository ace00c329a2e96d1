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
