package virga.services.dynamodb;

import virga.services.dynamodb.item.Item;

/** What a write does to one item; {@link Item#EMPTY} stands for no item. */
record Change(Item before, Item after) {
    boolean changesNothing() {
        return before.equals(after);
    }

    /** The item that exists before or after, for its key. */
    Item either() {
        return after.isEmpty() ? before : after;
    }

    long greaterSize() {
        return Math.max(before.size(), after.size());
    }
}
