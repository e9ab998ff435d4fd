# The menu of commands
command-help = How it works
command-patrol = Start a patrol
command-patrols = Patrols so far
command-my = My record this month
command-mydata = What is kept about me
command-language = Change the language
command-feedback = Tell us what you think
command-cancel = Drop what I am filling in
