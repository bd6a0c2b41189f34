"""Prints as JSON how a Parquet file is laid out, as pyarrow sees it: layout.py FILE."""

import json
import sys

import pyarrow.parquet as pq

file = pq.ParquetFile(sys.argv[1])
metadata = file.metadata


def column(group, i):
    chunk = group.column(i)
    return {
        "name": chunk.path_in_schema,
        "compression": chunk.compression,
        "dictionary": chunk.has_dictionary_page,
        "column_index": chunk.has_column_index,
        "offset_index": chunk.has_offset_index,
        "bloom_filter": chunk.bloom_filter_length is not None,
    }


groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
json.dump(
    {
        "keys": {k.decode(): v.decode() for k, v in metadata.metadata.items() if k != b"ARROW:schema"},
        "types": {field.name: str(field.type) for field in file.schema_arrow},
        "nullable": [field.name for field in file.schema_arrow if field.nullable],
        "groups": [
            {
                "rows": group.num_rows,
                "bytes": group.total_byte_size,
                "sorted": [
                    [metadata.schema.column(s.column_index).path, s.descending, s.nulls_first]
                    for s in group.sorting_columns
                ],
                "columns": [column(group, i) for i in range(group.num_columns)],
            }
            for group in groups
        ],
    },
    sys.stdout,
)
