"""Runs a notebook: run.py NOTEBOOK EXECUTED. The working directory is the notebook's.

What differs from run to run (times, counters of the kernel, its version) is left out of EXECUTED.
"""

import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(
    notebook,
    timeout=300,
    kernel_name="python3",
    record_timing=False,
    coalesce_streams=True,  # else how the prints are parted depends on the clock
).execute()
notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
for number, cell in enumerate(notebook.cells):
    cell.id = f"cell-{number:02}"
    cell.metadata = {}
nbformat.validate(notebook)
nbformat.write(notebook, sys.argv[2])
