package number
import ("testing";"os";"bufio";"fmt";"jianbao/corpus")
func show(v corpus.Int64) string { if !v.Valid {return "?"}; return fmt.Sprint(v.N)}
func TestDump(t *testing.T){
 f,err:=os.Open(os.Getenv("DUMP")); if err!=nil {return}
 sc:=bufio.NewScanner(f); sc.Buffer(make([]byte,1<<20),1<<20)
 for sc.Scan(){ s:=sc.Text(); fmt.Print(s," =>")
  for _,q:=range Append(nil,s){ fmt.Printf(" | %v %s",q.Kind,q.Span.Of(s)); c:=q.Count
   if c!=(corpus.Count{}) { fmt.Printf(" %s %s..%s %s",show(c.Value),show(c.Lo),show(c.Hi),c.Modifier); if c.Magnitude.Valid {fmt.Printf("×%d",c.Magnitude.N)}}
   if !q.Unit.Empty(){fmt.Printf(" @%s",q.Unit.Of(s))}
  }
  fmt.Println()
 }
}
