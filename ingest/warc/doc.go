// Package warc reads the web archives of crawlers, WARC 0.17 to 1.1 (ISO
// 28500), record by record and without ever holding more than one:
//
//	for rec, err := range warc.Read(in, warc.Options{MaxBlock: 20 << 20}) {
//		var damage *warc.Damage
//		if errors.As(err, &damage) {
//			continue // what stood there is lost; the next record follows
//		}
//		entity, err := warc.ParseHTTP(rec.Block, 20<<20)
//	}
//
// What is damaged does not end the sequence: it goes on with the next record
// that can be found.
package warc
