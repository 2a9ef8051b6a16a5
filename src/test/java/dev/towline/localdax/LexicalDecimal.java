package dev.towline.localdax;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Numbers as bytes that sort like the numbers: the form of a range key. A header holds the place of the decimal point, then come the
 * digits in groups of three, ten bits each, and ten bits that tell how many digits of the last group count. As observed from clients.
 */
final class LexicalDecimal {

    private static final int GROUP_BITS = 10;
    private static final int GROUP_MASK = (1 << GROUP_BITS) - 1;
    private static final int FIRST_GROUP = 12;
    private static final int SHORT_HEADERS = 62;
    private static final int ZERO = 0x80;

    /** Far more than the 38 digits of DynamoDB: converting endless digits would take for ever. */
    private static final int MAXIMUM_BYTES = 512;

    private LexicalDecimal() {}

    static byte[] encode(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        if (shortest.signum() == 0) {
            return new byte[] {(byte) ZERO};
        }
        boolean negative = shortest.signum() < 0;
        String digits = shortest.unscaledValue().abs().toString();
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header(digits.length() - shortest.scale(), negative));
        BigInteger bits = BigInteger.ZERO;
        int groups = Math.ceilDiv(digits.length(), 3);
        String padded = digits + "0".repeat(groups * 3 - digits.length());
        for (int i = 0; i < groups; i++) {
            bits = append(bits, FIRST_GROUP + Integer.parseInt(padded.substring(3 * i, 3 * i + 3)), negative);
        }
        bits = append(bits, 2 - (padded.length() - digits.length()), negative);
        int length = (groups + 1) * GROUP_BITS;
        int size = Math.ceilDiv(length, Byte.SIZE);
        bytes.writeBytes(fixed(bits.shiftLeft(size * Byte.SIZE - length), size));
        return bytes.toByteArray();
    }

    /** @throws MalformedRequest if these bytes are no number */
    static BigDecimal decode(byte[] bytes) {
        if (bytes.length == 0) {
            throw new MalformedRequest("a number without bytes");
        }
        if (bytes.length > MAXIMUM_BYTES) {
            throw new MalformedRequest("a number of %d bytes".formatted(bytes.length));
        }
        int header = bytes[0] & 0xff;
        if (header == ZERO) {
            return BigDecimal.ZERO;
        }
        boolean negative = header < ZERO;
        boolean isLong = header == 0x81 || header == 0xfe || header == 0x7e || header == 0x01;
        if (header == 0x00 || header == 0xff || header == 0x7f || bytes.length < (isLong ? 1 + Integer.BYTES : 1)) {
            throw new MalformedRequest("no number starts like this");
        }
        long point = isLong
                ? ByteBuffer.wrap(bytes).getInt(1) ^ (negative ? Integer.MAX_VALUE : Integer.MIN_VALUE)
                : negative ? 0x3f - header : header - 0xc0;
        String digits = digits(bytes, isLong ? 1 + Integer.BYTES : 1, negative);
        long scale = digits.length() - point;
        if (scale != (int) scale) {
            throw new MalformedRequest("a number with such an exponent");
        }
        BigDecimal number = new BigDecimal(new BigInteger(digits), (int) scale);
        return negative ? number.negate() : number;
    }

    private static byte[] header(int point, boolean negative) {
        if (point >= -SHORT_HEADERS && point < SHORT_HEADERS) {
            return new byte[] {(byte) (negative ? 0x3f - point : 0xc0 + point)};
        }
        int first = negative ? (point < 0 ? 0x7e : 0x01) : (point < 0 ? 0x81 : 0xfe);
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) first)
                .putInt(point ^ (negative ? Integer.MAX_VALUE : Integer.MIN_VALUE))
                .array();
    }

    private static BigInteger append(BigInteger bits, int group, boolean negative) {
        return bits.shiftLeft(GROUP_BITS).or(BigInteger.valueOf(negative ? GROUP_MASK - group : group));
    }

    private static String digits(byte[] bytes, int start, boolean negative) {
        var digits = new StringBuilder();
        int at = start * Byte.SIZE;
        while (at + GROUP_BITS <= bytes.length * Byte.SIZE) {
            int group = bits(bytes, at);
            at += GROUP_BITS;
            int value = negative ? GROUP_MASK - group : group;
            if (value < 3) {
                if (digits.isEmpty()) {
                    break;
                }
                digits.setLength(digits.length() - (2 - value));
                return digits.toString();
            }
            if (value < FIRST_GROUP || value >= FIRST_GROUP + 1000) {
                break;
            }
            digits.append(1000 + value - FIRST_GROUP).deleteCharAt(digits.length() - 4);
        }
        throw new MalformedRequest("a number that does not end");
    }

    private static int bits(byte[] bytes, int from) {
        int window = 0;
        for (int i = 0; i < 3; i++) {
            int index = from / Byte.SIZE + i;
            window = window << Byte.SIZE | (index < bytes.length ? bytes[index] & 0xff : 0);
        }
        return window >> (24 - GROUP_BITS - from % Byte.SIZE) & GROUP_MASK;
    }

    private static byte[] fixed(BigInteger bits, int size) {
        byte[] bytes = new byte[size];
        byte[] given = bits.toByteArray();
        int length = Math.min(given.length, size);
        System.arraycopy(given, given.length - length, bytes, size - length, length);
        return bytes;
    }
}
