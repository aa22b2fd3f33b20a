#include "core/fetch/Integrity.h"

#include <QCryptographicHash>

#include <algorithm>
#include <iterator>

namespace corscope {

namespace {

struct Hash
{
    const char* name;
    QCryptographicHash::Algorithm hash;
};

/// The weakest first.
constexpr Hash algorithms[] = {{"sha256", QCryptographicHash::Sha256},
                                     {"sha384", QCryptographicHash::Sha384},
                                     {"sha512", QCryptographicHash::Sha512}};

struct Metadata
{
    qsizetype strength; ///< index into the algorithms
    QByteArray value;   ///< base64
};

// https://w3c.github.io/webappsec-subresource-integrity/#parse-metadata ; what is not understood is left out.
std::vector<Metadata> parsed(const QByteArray& integrityMetadata)
{
    std::vector<Metadata> result;
    for (const auto& item : integrityMetadata.simplified().split(' ')) {
        const auto expression = item.left(item.indexOf('?') < 0 ? item.size() : item.indexOf('?'));
        const auto dash = expression.indexOf('-');
        const auto name = expression.left(dash < 0 ? expression.size() : dash);
        const auto it = std::find_if(std::begin(algorithms), std::end(algorithms), [&](const auto& a) { return name == a.name; });
        if (it != std::end(algorithms))
            result.push_back({it - std::begin(algorithms), dash < 0 ? QByteArray() : expression.mid(dash + 1)});
    }
    return result;
}

} // namespace

bool bytesMatchMetadata(const QByteArray& bytes, const QByteArray& integrityMetadata, Recorder& recorder)
{
    auto spec = recorder.enter(Algorithm::BytesMatchMetadata);

    // 1. and 2. Which hashes are named? None that can be read: everything matches.
    const auto parsedMetadata = parsed(integrityMetadata);
    spec.let("1", "parsedMetadata", integrityMetadata);
    if (spec.ask("2", parsedMetadata.empty()))
        return true;

    // 3. Only the strongest kind counts.
    const auto strongest = std::max_element(parsedMetadata.begin(), parsedMetadata.end(), [](const auto& a, const auto& b) {
                               return a.strength < b.strength;
                           })->strength;
    const auto& algorithm = algorithms[strongest];
    spec.let("3", "algorithm", algorithm.name);

    // 4. and 5. Is it one of them?
    const auto actual = QCryptographicHash::hash(bytes, algorithm.hash).toBase64();
    const bool matches = std::any_of(parsedMetadata.begin(), parsedMetadata.end(), [&](const auto& metadata) {
        return metadata.strength == strongest && metadata.value == actual;
    });
    return spec.ask("4", matches, {{"actualValue", QByteArray(algorithm.name + ('-' + actual)), integrityMetadata}});
}

} // namespace corscope
