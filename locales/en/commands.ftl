# The menu of commands
command-help = How to use this
command-patrol = Start a patrol
command-patrols = Past patrols
command-my = My record this month
command-mydata = What is kept about me
command-language = Change language
command-feedback = Tell us what you think
command-cancel = Cancel what I am filling in
