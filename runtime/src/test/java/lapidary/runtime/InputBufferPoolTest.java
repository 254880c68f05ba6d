package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class InputBufferPoolTest {
  private final InputBufferPool pool = new InputBufferPool(2);

  @Test
  void theNextRunGetsTheSameMemory() {
    InputBuffers first = pool.borrow();
    ByteBuffer memory = first.of(1, 100);
    assertThat(memory.isDirect()).isTrue();
    assertThat(memory.order()).isEqualTo(ByteOrder.nativeOrder());
    pool.giveBack(first);
    InputBuffers second = pool.borrow();
    assertThat(second).isSameAs(first);
    assertThat(second.of(1, 60)).isSameAs(memory);
    assertThat(memory.remaining()).isEqualTo(60);
    assertThat(second.of(1, 101)).isNotSameAs(memory);
  }

  @Test
  void twoRunsAtOnceNeverShareMemory() {
    assertThat(pool.borrow()).isNotSameAs(pool.borrow());
  }

  @Test
  void keepsNoMoreSetsThanProcessorsAndNoLargeOnes() {
    int processors = Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < processors + 3; i++) {
      pool.giveBack(new InputBuffers(2));
    }
    assertThat(pool.idle()).isEqualTo(processors);
    InputBuffers large = pool.borrow();
    large.of(0, (int) InputBufferPool.MAX_KEPT_BYTES + 1);
    pool.giveBack(large);
    assertThat(pool.idle()).isEqualTo(processors - 1);
  }
}
