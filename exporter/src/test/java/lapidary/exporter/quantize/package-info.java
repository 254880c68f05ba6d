/** Ranges and codes by hand-worked values. Begin reading at {@link lapidary.exporter.quantize.CodesTest}. */
@org.jspecify.annotations.NullMarked
package lapidary.exporter.quantize;
