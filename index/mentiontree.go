package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// A question about one mention is a tree over atoms. Which documents can have
// such a mention is known without looking at mentions; which do, often so.

// mentionNode is a node of the tree.
type mentionNode interface {
	// docs are documents of the block; none that has such a mention is missing.
	// They are not to be changed.
	docs(context.Context, *mentionReader) (*roaring.Bitmap, error)

	// exact reports whether docs has no others.
	exact() bool

	// marks are the mentions, by document, of those that are within. Of others
	// they are some.
	marks(ctx context.Context, r *mentionReader, within *roaring.Bitmap) ([]uint32, error)

	// headed reports whether only mentions are found whose heads pass the test
	// that the node was made with.
	headed() bool
}

// atomNode is mentions that have one of the keys of an atom.
type atomNode struct{ atom }

func (n *atomNode) exact() bool { return true }

func (n *atomNode) docs(ctx context.Context, r *mentionReader) (*roaring.Bitmap, error) {
	f, err := r.find(ctx, n)
	if err != nil {
		return nil, err
	}
	return f.docs, nil
}

func (n *atomNode) marks(ctx context.Context, r *mentionReader, within *roaring.Bitmap) ([]uint32, error) {
	out := make([]uint32, r.docs)
	f, err := r.find(ctx, n)
	if err != nil {
		return nil, err
	}
	if f.left {
		return out, n.keys(ctx, r, func(key string) error { return r.mark(out, key, within) })
	}
	for _, m := range f.few {
		out[m.doc] |= m.set
	}
	for _, key := range f.keys {
		if err := r.mark(out, key, within); err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}

// anyMention is all mentions.
func anyMention() mentionNode { return &atomNode{headAtom{}} }

// mentionsOfAll is mentions of which all nodes hold, and none of those in not.
type mentionsOfAll struct{ nodes, not []mentionNode }

func (n mentionsOfAll) exact() bool {
	return len(n.nodes) == 1 && len(n.not) == 0 && n.nodes[0].exact()
}

func (n mentionsOfAll) headed() bool {
	for _, one := range n.nodes {
		if one.headed() {
			return true
		}
	}
	return false
}

func (n mentionsOfAll) docs(ctx context.Context, r *mentionReader) (*roaring.Bitmap, error) {
	if len(n.nodes) == 0 {
		return anyMention().docs(ctx, r)
	}
	var out *roaring.Bitmap
	for _, one := range n.nodes {
		docs, err := one.docs(ctx, r)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = docs
		} else {
			out = roaring.And(out, docs)
		}
		if out.IsEmpty() {
			break
		}
	}
	return out, nil
}

func (n mentionsOfAll) marks(ctx context.Context, r *mentionReader, within *roaring.Bitmap) ([]uint32, error) {
	nodes := n.nodes
	if len(nodes) == 0 {
		nodes = []mentionNode{anyMention()}
	}
	out, err := nodes[0].marks(ctx, r, within)
	for _, one := range nodes[1:] {
		if err == nil {
			err = merge(ctx, r, within, one, out, func(a, b uint32) uint32 { return a & b })
		}
	}
	for _, one := range n.not {
		if err == nil {
			err = merge(ctx, r, within, one, out, func(a, b uint32) uint32 { return a &^ b })
		}
	}
	return out, err
}

// mentionsOfSome is mentions of which one of the nodes holds.
type mentionsOfSome struct{ nodes []mentionNode }

func (n mentionsOfSome) exact() bool  { return n.every(mentionNode.exact) }
func (n mentionsOfSome) headed() bool { return n.every(mentionNode.headed) }

func (n mentionsOfSome) every(test func(mentionNode) bool) bool {
	for _, one := range n.nodes {
		if !test(one) {
			return false
		}
	}
	return true
}

func (n mentionsOfSome) docs(ctx context.Context, r *mentionReader) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, one := range n.nodes {
		docs, err := one.docs(ctx, r)
		if err != nil {
			return nil, err
		}
		out.Or(docs)
	}
	return out, nil
}

func (n mentionsOfSome) marks(ctx context.Context, r *mentionReader, within *roaring.Bitmap) ([]uint32, error) {
	out := make([]uint32, r.docs)
	for _, one := range n.nodes {
		if err := merge(ctx, r, within, one, out, func(a, b uint32) uint32 { return a | b }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// merge puts the mentions of a node to those in out.
func merge(ctx context.Context, r *mentionReader, within *roaring.Bitmap, n mentionNode, out []uint32, op func(a, b uint32) uint32) error {
	marks, err := n.marks(ctx, r, within)
	if err != nil {
		return err
	}
	for i, m := range marks {
		out[i] = op(out[i], m)
	}
	return nil
}
