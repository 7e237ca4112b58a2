package virga.conformance.process;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What clients were told was done. What they were not told of may be done or not. */
final class Ledger {
    final Set<String> messages = ConcurrentHashMap.newKeySet();
    final Map<String, String> items = new ConcurrentHashMap<>();
    final AtomicInteger additionsTried = new AtomicInteger();
    final AtomicInteger additions = new AtomicInteger();
    /** The digest of each object's content, by its key. */
    final Map<String, String> objects = new ConcurrentHashMap<>();

    final Set<String> events = ConcurrentHashMap.newKeySet();
    final Set<String> stacks = ConcurrentHashMap.newKeySet();
    final AtomicInteger acknowledged = new AtomicInteger();
}
