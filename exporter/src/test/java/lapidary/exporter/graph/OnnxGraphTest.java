package lapidary.exporter.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names in a graph. */
final class OnnxGraphTest {
  @Test
  void namesThatAreTakenGetTheFirstFreeNumber() {
    OnnxGraph graph = new OnnxGraph(17);
    graph.reserve("Add_2");
    assertThat(IntStream.range(0, 4).mapToObj(i -> graph.unique("Add")))
        .containsExactly("Add", "Add_1", "Add_3", "Add_4");
    assertThat(List.of(graph.unique("Add_1"), graph.unique("Add")))
        .containsExactly("Add_1_1", "Add_5");
  }
}
