/**
 * Networks as users of DJL write them, each after a paper, exported by the public interface alone and compared with DJL here, without the
 * product's own comparison. Begin reading at {@link lapidary.exporter.strangers.StrangersTest}.
 */
@org.jspecify.annotations.NullMarked
package lapidary.exporter.strangers;
