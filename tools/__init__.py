"""Programs that write files of this repository: the model town, the golden tables, the data dictionary."""
