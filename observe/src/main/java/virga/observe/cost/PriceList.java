package virga.observe.cost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.kernel.Bug;

/** Prices of one region at one date. */
public final class PriceList {
    private final String region;
    private final LocalDate asOf;
    private final SortedMap<String, Price> prices;

    private PriceList(String region, LocalDate asOf, SortedMap<String, Price> prices) {
        this.region = region;
        this.asOf = asOf;
        this.prices = prices;
    }

    /**
     * @param dollars for one unit
     * @param source the page that says so
     */
    public record Price(String name, BigDecimal dollars, String unit, String source) {}

    private static final class Shipped {
        static final PriceList US_EAST_1 = load();

        private static PriceList load() {
            try (InputStream in = PriceList.class.getResourceAsStream("us-east-1.prices")) {
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                return parse(reader.lines().toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The prices of US East (N. Virginia) that Virga comes with. */
    public static PriceList usEast1() {
        return Shipped.US_EAST_1;
    }

    /** Reads {@code name = dollars | unit | source} lines. @throws IllegalArgumentException for a line that is none */
    static PriceList parse(List<String> lines) {
        String region = "";
        LocalDate asOf = LocalDate.EPOCH;
        SortedMap<String, Price> prices = new TreeMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] sides = line.split(" = ", 2);
            if (sides.length != 2) {
                throw new IllegalArgumentException("not a price: " + line);
            }
            switch (sides[0]) {
                case "region" -> region = sides[1];
                case "as-of" -> asOf = LocalDate.parse(sides[1]);
                default -> {
                    String[] parts = sides[1].split(" \\| ", 3);
                    if (parts.length != 3) {
                        throw new IllegalArgumentException("a price needs an amount, a unit and a source: " + line);
                    }
                    prices.put(sides[0], new Price(sides[0], new BigDecimal(parts[0]), parts[1], parts[2]));
                }
            }
        }
        return new PriceList(region, asOf, prices);
    }

    public String region() {
        return region;
    }

    /** When the pages said so. */
    public LocalDate asOf() {
        return asOf;
    }

    /** All prices, by name. */
    public List<Price> all() {
        return List.copyOf(prices.values());
    }

    Price get(String name) {
        Price price = prices.get(name);
        if (price == null) {
            throw new Bug("no price called " + name);
        }
        return price;
    }
}
