"""`python -m visavis` is the `visavis` command."""

from visavis.cli import main

if __name__ == "__main__":
    main()
