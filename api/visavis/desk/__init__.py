"""The review desk: a person confirms and corrects what the program read, on a page of this machine alone.

Comes in: a dossier's folder and what a person does on the page. Goes out: lines of `corrections.csv`, the legend's
file, each on disk before the answer is given. Never: an answer without the token, a line changed that this desk did
not write, a host other than this one.
"""
