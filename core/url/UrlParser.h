#pragma once

#include "core/url/Url.h"

namespace corscope {

/// https://url.spec.whatwg.org/#concept-basic-url-parser without state override: one function per state or group of
/// states. A state reads its whole run of bytes at once instead of one code point per turn.
class UrlParser
{
public:
    /// \param input is read where it stands, and has to outlast run().
    UrlParser(QByteArrayView input, const Url* base);
    Result<Url> run();

private:
    enum class Failure {
        None, MissingScheme, RelativeToOpaqueBase, MissingHost, InvalidHost, InvalidPort,
    };
    using Outcome = Failure;

    Outcome schemeStart();
    Outcome noScheme();
    Outcome relative();
    Outcome relativeSlash();
    Outcome specialAuthorityIgnoreSlashes();
    Outcome authority();
    Outcome hostAndPort(QByteArrayView input);
    Outcome file();
    Outcome fileSlash();
    Outcome fileHost();
    Outcome pathStart();
    Outcome path();
    Outcome opaquePath();
    Outcome queryAndFragment();

    bool atEnd() const { return m_at >= m_input.size(); }
    char current() const { return atEnd() ? '\0' : m_input[m_at]; }
    QByteArrayView remaining() const { return m_input.sliced(m_at); }
    bool atSlash() const { return !atEnd() && isSlash(current()); }
    bool isSlash(char c) const { return c == '/' || (c == '\\' && m_special); }
    /// Reads up to the first slash (`\` counts where the scheme is special), `?`, `#` or the end.
    QByteArrayView takeSegment();
    void shortenPath();
    void copyAuthorityFromBase();
    void copyPathFromBase();
    InputError error(Failure failure) const;

    const QByteArrayView m_original;
    const QByteArray m_cleaned; ///< where the input had to be cleaned
    const QByteArrayView m_input;
    const Url::Parts* m_base = nullptr;
    qsizetype m_at = 0;
    bool m_special = false;
    Url::Parts m_url; ///< its path is built with a slash before each segment
};

} // namespace corscope
