package cluster_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"

	"jianbao/corpus"
	"jianbao/corpus/cluster"
)

func Example() {
	const story = "清河县在主要路口设立检查站十二处，抽调党员干部四十六名，成立临时党支部九个，昼夜轮流值守。"
	bodies := map[string]string{
		corpus.DocID([]byte("first")):  story,
		corpus.DocID([]byte("second")): story + "（本报记者）",
		corpus.DocID([]byte("third")):  "南山乡召开春耕生产动员会，安排农资调运和农技指导。",
	}
	items := func(yield func(cluster.Item, error) bool) {
		for docID, hans := range bodies {
			it := cluster.Item{
				DocID:      docID,
				TextSHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(hans))),
				Signature:  cluster.Sign(hans),
			}
			if !yield(it, nil) {
				return
			}
		}
	}
	texts := func(_ context.Context, docIDs []string) iter.Seq2[cluster.Text, error] {
		return func(yield func(cluster.Text, error) bool) {
			for _, docID := range docIDs {
				if !yield(cluster.Text{DocID: docID, Hans: bodies[docID]}, nil) {
					return
				}
			}
		}
	}
	result, err := cluster.Group(context.Background(), items, texts, cluster.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range result.Rows() {
		fmt.Printf("%.8s %.8s %d %.2f %s\n", row.DocID, row.ClusterID, row.Size, row.Similarity, row.Kind)
	}
	// Output:
	// 16367aac 16367aac 2 1.00 leader
	// a7937b64 16367aac 2 0.90 near
	// b1e99324 b1e99324 1 1.00 single
}
