package lapidary.search.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {
  @Test
  void aPlaceHoldsBytesUntilItIsGivenBack() {
    Places places = new Places(2, 100);
    Places.Place first = places.take().orElseThrow();
    Places.Place second = places.take().orElseThrow();
    assertThat(places.take()).isEmpty();
    assertThat(first.grow(60)).isTrue();
    assertThat(second.grow(41)).isFalse();
    assertThat(second.grow(40)).isTrue();
    first.release();
    first.release();
    assertThat(second.grow(60)).isTrue();
    assertThat(places.take()).isPresent();
    assertThat(places.take()).isEmpty();
  }
}
