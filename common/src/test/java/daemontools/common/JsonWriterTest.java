package daemontools.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static String written(String value) {
        return new JsonWriter().value(value).text();
    }

    @Test
    void elementsOfTheOutermostArrayStandOnLinesOfTheirOwn() {
        JsonWriter json = new JsonWriter().beginArray();
        json.beginObject().name("a").value("x").name("b").value(-1).name("c").beginObject();
        json.name("d")
                .value(true)
                .endObject()
                .name("e")
                .beginArray()
                .value(1)
                .value(2)
                .endArray()
                .endObject();
        json.beginObject().endObject().endArray();
        assertThat(json.text())
                .isEqualTo("[\n{\"a\": \"x\", \"b\": -1, \"c\": {\"d\": true}, \"e\": [1, 2]},\n{}\n]\n");
    }

    @Test
    void anEmptyArrayIsOneLine() {
        assertThat(new JsonWriter().beginArray().endArray().text()).isEqualTo("[]\n");
    }

    @Test
    void quotesBackslashesAndControlCharactersAreEscaped() {
        assertThat(written("a\"b\\c\nd\te\u0001\u001f\u007f/"))
                .isEqualTo("\"a\\\"b\\\\c\\nd\\te\\u0001\\u001f\\u007f/\"\n");
    }

    @Test
    void charactersOfUtf8StayAsTheyAre() {
        String bytes = "\u00c3\u00a9 \u00e2\u0082\u00ac \u00f0\u009f\u0098\u0080";
        assertThat(written(bytes)).isEqualTo("\"" + bytes + "\"\n");
    }

    @Test
    void bytesThatAreNoCharacterAreReplaced() {
        String replaced = "\u00ef\u00bf\u00bd";
        assertThat(written("a\u00e9b")).isEqualTo("\"a" + replaced + "b\"\n");
        assertThat(written("\u0080")).isEqualTo("\"" + replaced + "\"\n");
        assertThat(written("\u00c3")).isEqualTo("\"" + replaced + "\"\n");
        assertThat(written("\u00c0\u00af")).isEqualTo("\"" + replaced + replaced + "\"\n");
        assertThat(written("\u00ed\u00a0\u0080")).isEqualTo("\"" + replaced.repeat(3) + "\"\n");
        assertThat(written("\u00f4\u0090\u0080\u0080")).isEqualTo("\"" + replaced.repeat(4) + "\"\n");
        assertThat(written("\u00ff")).isEqualTo("\"" + replaced + "\"\n");
    }
}
