package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  @Test
  void itemsAreFoundByIdThoughTitlesRepeat() {
    Catalogue catalogue = Catalogue.of(List.of(
        Catalogue.Item.of("246", "Chasing Amy (1997)", List.of("Drama")),
        Catalogue.Item.of("268", "Chasing Amy (1997)", List.of()),
        Catalogue.Item.of("246", "again", List.of())));
    assertThat(catalogue.items()).extracting(Catalogue.Item::id).containsExactly("246", "268");
    assertThat(catalogue.get("246").orElseThrow().genres()).containsExactly("Drama");
    assertThat(catalogue.title("268")).isEqualTo("Chasing Amy (1997)");
    assertThat(catalogue.title("1")).isEqualTo("1");
    assertThat(catalogue.get("1")).isEmpty();
  }

  @Test
  void anItemKeepsItsGenresWhenRated() {
    List<String> genres = new ArrayList<>(List.of("Drama"));
    Catalogue.Item item = Catalogue.Item.of("1", "One", genres).rated(3, 2.5);
    genres.clear();
    assertThat(item).isEqualTo(new Catalogue.Item("1", "One", List.of("Drama"), 3, 2.5));
  }
}
