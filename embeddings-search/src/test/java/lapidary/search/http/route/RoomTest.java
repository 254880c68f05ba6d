package lapidary.search.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
  private static final int LARGE = 400 << 10;

  /** 512 KiB, of which 64 are for small shares. */
  private final Room room = new Room(512 << 10);

  @Test
  void aShareHoldsBytesUntilItIsGivenBack() {
    Room.Share first = room.new Share();
    Room.Share second = room.new Share();
    assertThat(first.resize(LARGE, LARGE)).isTrue();
    assertThat(second.resize(LARGE, LARGE)).isFalse();
    assertThat(first.resize(LARGE / 4, LARGE)).isTrue();
    assertThat(second.resize(LARGE / 2, LARGE)).isTrue();
    second.close();
    second.close();
    assertThat(first.resize(LARGE, LARGE)).isTrue();
    assertThat(second.resize(1, 1)).as("closed").isFalse();
  }

  /** Also while little of them has come. */
  @Test
  void largeSharesLeaveRoomForSmallOnes() {
    for (int i = 0; i < 448; i++) {
      assertThat(room.new Share().resize(1 << 10, LARGE)).isTrue();
    }
    assertThat(room.new Share().resize(1 << 10, LARGE)).isFalse();
    assertThat(room.new Share().resize(64 << 10, 64 << 10)).isTrue();
    assertThat(room.new Share().resize(1, 1)).isFalse();
  }
}
