// Prints a Parquet file as one JSON object: its columns, its key-value
// metadata, the number of its row groups, and its rows as this project writes
// rows in JSON.
//
// Usage: node read.mjs FILE
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

// These run for DATE and TIMESTAMP columns only: a column of another type would
// come out as a number.
const parsers = {
  dateFromDays: days => new Date(days * 86400000).toISOString().slice(0, 10),
  timestampFromMicroseconds: micros => {
    const seconds = new Date(Number(micros / 1000n)).toISOString().slice(0, 19)
    const fraction = String(micros % 1000000n).padStart(6, '0').replace(/0+$/, '')
    return seconds + (fraction && '.' + fraction) + 'Z'
  },
}

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
const rows = await parquetReadObjects({ file, compressors, parsers, utf8: false })

const columns = metadata.schema.slice(1).map(e => [
  e.name, e.repetition_type, e.type, e.logical_type?.type, e.logical_type?.unit,
].filter(Boolean).join(' '))
const keys = Object.fromEntries(metadata.key_value_metadata.map(kv => [kv.key, kv.value]))
const groups = metadata.row_groups.length

console.log(JSON.stringify({ columns, keys, groups, rows }, (_, value) => {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return value
}))
