#include "tests/oracles/browsers/Compare.h"

#include "core/base/Ascii.h"

#include <algorithm>

namespace corscope::oracles::browsers {

namespace {

// Headers that were not recorded, or that name the program rather than what it does. Fetch metadata goes to secure
// addresses only, except for a part that Chromium also sends elsewhere.
bool isCompared(const QByteArray& lowered)
{
    static constexpr const char* ignored[] = {"host", "connection", "user-agent", "accept-encoding", "accept-language",
                                              "content-length", "priority", "dnt", "te", "upgrade-insecure-requests"};
    return !lowered.startsWith("sec-") && !lowered.startsWith(':')
        && std::none_of(std::begin(ignored), std::end(ignored), [&](const char* name) { return lowered == name; });
}

QByteArray text(const HeaderList& headers)
{
    QByteArray result;
    for (const auto& header : headers)
        result += header.name + ": " + header.value + "; ";
    return result;
}

// The boundary of form data is made up anew for every request.
QByteArray absentOr(const std::optional<QByteArray>& value)
{
    if (!value)
        return "absent";
    const auto boundary = value->startsWith("multipart/form-data") ? value->indexOf("boundary=") : -1;
    return '"' + (boundary < 0 ? *value : value->left(boundary)) + '"';
}

} // namespace

Fields fieldsOf(const Observation& seen)
{
    Fields fields;
    for (size_t i = 0; i < seen.outcomes.size(); ++i) {
        const auto& outcome = seen.outcomes[i];
        const QByteArray name = "outcome " + QByteArray::number(i + 1);
        fields[name] = outcome.result;
        if (outcome.result != "resolved")
            continue;
        fields[QByteArray(name + " type")] = outcome.type;
        fields[QByteArray(name + " status")] = QByteArray::number(outcome.status);
        fields[QByteArray(name + " url")] = outcome.url;
        fields[QByteArray(name + " redirected")] = outcome.redirected ? "true" : "false";
        fields[QByteArray(name + " headers")] = text(outcome.headers);
    }
    for (size_t i = 0; i < seen.wire.size(); ++i) {
        const auto& request = seen.wire[i];
        fields["wire"] += request.method + ' ' + request.address + "; ";
        for (const auto& header : request.headers)
            if (const auto name = ascii::lowered(header.name); isCompared(name))
                fields[QByteArray("wire " + QByteArray::number(i + 1) + ' ' + name)] = absentOr(request.headers.get(name));
    }
    return fields;
}

Comparison compare(const RecordedCase& recorded, const Observation& ours, const QByteArray& profile)
{
    std::vector<Fields> expected;
    for (const char* engine : engineNames)
        if (profile == "standard" || profile == engine)
            expected.push_back(fieldsOf(recorded.of(engine)));
    const auto found = fieldsOf(ours);

    Fields all = found;
    for (const auto& fields : expected)
        all.insert(fields);
    Comparison comparison;
    for (const auto& field : all.keys()) {
        QList<QByteArray> values;
        for (const auto& fields : expected)
            if (!values.contains(fields.value(field)))
                values.append(fields.value(field));
        comparison.enginesDiffer |= values.size() > 1;
        if (!values.contains(found.value(field)))
            comparison.differences.push_back({field, values.join(" | "), found.value(field)});
    }
    return comparison;
}

} // namespace corscope::oracles::browsers
