package virga.services.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import virga.kernel.Bytes;

class ItemsTest {
    @Test
    void anItemOfEveryTypeSurvivesItsBytes() {
        Item item = TestingItems.item("""
                {"s":{"S":"grün"},"empty":{"S":""},"n":{"N":"-1234567890.0000000001"},"zero":{"N":"0"},"big":{"N":"9.9e125"},
                 "small":{"N":"1e-130"},"b":{"B":"AAEC/w=="},"yes":{"BOOL":true},"no":{"BOOL":false},"nil":{"NULL":true},
                 "m":{"M":{"x":{"L":[{"N":"1"},{"M":{}}]}}},"l":{"L":[]},"ss":{"SS":["b","a"]},"ns":{"NS":["2","-3.5"]},
                 "bs":{"BS":["AQ==","AA=="]}}""");

        assertThat(ItemCodec.ITEM.decode(ItemCodec.ITEM.encode(item))).isEqualTo(item);
    }

    @Test
    void keyBytesOfNumbersAreOrderedAsTheNumbers() {
        List<String> ordered = List.of(
                "-9.9e125",
                "-1000",
                "-999.9",
                "-100",
                "-99",
                "-10.5",
                "-10",
                "-9",
                "-1.1",
                "-1",
                "-0.5",
                "-1e-130",
                "0",
                "1e-130",
                "0.05",
                "0.5",
                "1",
                "1.01",
                "1.1",
                "9",
                "10",
                "10.5",
                "11",
                "99",
                "100",
                "999.9",
                "1000",
                "9.9e125");
        List<String> shuffled = new ArrayList<>(ordered.reversed());
        shuffled.sort(Comparator.comparing(text -> KeyBytes.of(new Value.N(Numbers.parse(text)))));

        assertThat(shuffled).isEqualTo(ordered);
    }

    @Test
    void keyBytesOfEqualNumbersAreEqual() {
        assertThat(KeyBytes.of(new Value.N(Numbers.parse("100"))))
                .isEqualTo(KeyBytes.of(new Value.N(Numbers.parse("1.00e2"))));
    }

    @Test
    void afterPrefixLiesBehindEveryTextWithThatPrefix() {
        assertThat(KeyBytes.afterPrefix(Bytes.ofUtf8("ab"))).contains(Bytes.ofUtf8("ac"));
        assertThat(KeyBytes.afterPrefix(Bytes.of((byte) 1, (byte) -1))).contains(Bytes.of((byte) 2));
        assertThat(KeyBytes.afterPrefix(Bytes.of((byte) -1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1e126, Number overflow. Attempting to store a number with magnitude larger than supported range",
        "-1e126, Number overflow. Attempting to store a number with magnitude larger than supported range",
        "1e-131, Number underflow. Attempting to store a number with magnitude smaller than supported range",
        "123456789012345678901234567890123456789, Attempting to store more than 38 significant digits in a Number",
        "'', The parameter cannot be converted to a numeric value",
        "abc, The parameter cannot be converted to a numeric value: abc",
        "NaN, The parameter cannot be converted to a numeric value: NaN",
        "1e999999999999, The parameter cannot be converted to a numeric value: 1e999999999999",
    })
    void whatIsNoNumberIsRefused(String text, String message) {
        assertThatThrownBy(() -> Numbers.parse(text)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"1., 1", ".5, 0.5", "+5, 5", "-0, 0", "00012, 12", "1E5, 100000", "0e500, 0", "1.500, 1.5"})
    void numbersAreAnsweredInTheirPlainForm(String text, String plain) {
        assertThat(Numbers.text(Numbers.parse(text))).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"ab\":{\"S\":\"grün\"}}', 7",
        "'{\"a\":{\"N\":\"0\"}}', 2",
        "'{\"a\":{\"N\":\"12\"}}', 3",
        "'{\"a\":{\"N\":\"123\"}}', 4",
        "'{\"a\":{\"N\":\"-12\"}}', 4",
        "'{\"a\":{\"BOOL\":true}}', 2",
        "'{\"a\":{\"L\":[]}}', 4",
        "'{\"a\":{\"M\":{\"k\":{\"S\":\"v\"}}}}', 7",
        "'{\"a\":{\"SS\":[\"x\",\"yz\"]}}', 4",
        "'{\"a\":{\"B\":\"AAEC\"}}', 4"
    })
    void sizesAreCountedAsAwsCountsThem(String item, long size) {
        assertThat(TestingItems.item(item).size()).isEqualTo(size);
    }
}
