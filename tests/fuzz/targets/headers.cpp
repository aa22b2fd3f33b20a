#include "tests/fuzz/Target.h"

#include "core/base/Ascii.h"
#include "core/fetch/CorsSafelist.h"
#include "core/fetch/Referrer.h"
#include "core/http/CacheControl.h"
#include "core/http/MimeSniffing.h"
#include "core/http/MimeType.h"

#include <algorithm>

namespace corscope::fuzz {

/// Headers, one a line. Their order, and what is asked of them, are those of a fetch.
void headers(const QByteArray& input, Claims& claim)
{
    HeaderList list;
    auto rest = input;
    while (!rest.isEmpty()) {
        const auto line = takeLine(rest);
        const auto colon = line.indexOf(':');
        const auto name = line.left(colon);
        const auto value = normalizedHeaderValue(line.mid(colon + 1));
        if (colon < 0 || !isHeaderName(name) || !isHeaderValue(value))
            continue;
        claim(normalizedHeaderValue(value) == value, "a normalised value is normal", value);
        list.append(name, value);
        const bool safe = isCorsSafelistedRequestHeader(name, value);
        const auto mark = markRequestHeader(name, value);
        claim(safe == (mark.kind == HeaderMark::Kind::Safelisted) || mark.kind == HeaderMark::Kind::Forbidden,
              "the mark at the field and the rule agree", line);
        claim(!safe || value.size() <= 128, "no long value is safelisted", line);
        claim(!isNoCorsSafelistedRequestHeader(name, value) || safe, "the no-cors safelist is the smaller one", line);
        isForbiddenRequestHeader(name, value);
        if (const auto type = parseMimeType(value)) {
            const auto again = parseMimeType(type->serialized());
            claim(again == type, "a MIME type that was written is the same when read", value + " / " + type->serialized());
        }
    }
    for (const auto& [name, value] : list) {
        const auto values = extractTokenList(name, list);
        for (const auto& token : values.values)
            claim(ascii::isToken(token), "a list of tokens holds tokens", token);
        const auto seconds = extractDeltaSeconds(name, list);
        claim(seconds.seconds >= 0 && seconds.seconds <= 2147483647, "seconds are no less than none", value);
        list.getDecodeSplit(name);
        claim(list.get(name).has_value(), "a header that is there is found", name);
    }
    const auto sorted = list.sortedAndCombined();
    claim(std::is_sorted(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.name < b.name; }),
          "script meets headers in order");
    const auto unsafe = corsUnsafeRequestHeaderNames(list);
    claim(std::is_sorted(unsafe.begin(), unsafe.end()) && std::adjacent_find(unsafe.begin(), unsafe.end()) == unsafe.end(),
          "unsafe names are sorted, each once");
    for (const auto& name : unsafe)
        claim(list.contains(name) && ascii::lowered(name) == name, "unsafe names are those of headers, in lower case", name);
    extractMimeType(list);
    determineNosniff(list);
    parseReferrerPolicy(list);
    const auto cache = CacheControl::of(list);
    for (const char* directive : {"max-age", "s-maxage", "stale-while-revalidate"})
        claim(cache.has(directive) == cache.seconds(directive).has_value(), "a directive that is there has a time");
    httpDate(list.get("Date"));
}

} // namespace corscope::fuzz
