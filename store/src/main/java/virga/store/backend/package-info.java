/**
 * What every backend is made of, so that each adds only where its state lies: a persistent ordered tree, a view of a state, the
 * merge of changes over a view, drafts of transactions, the single writer, watches. Users of a store need nothing from here.
 */
package virga.store.backend;
