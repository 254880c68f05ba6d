/** Whole programs of strangers, which see only what is public; the README shows them. Begin reading at {@link lapidary.examples.OwnPhotos}. */
package lapidary.examples;
