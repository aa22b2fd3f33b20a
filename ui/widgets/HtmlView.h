#pragma once

#include <QTextBrowser>

namespace corscope {

/// Rich text to be read. What stands there already is not read and laid out again, which is most of the work of showing
/// text: whoever follows the cursor may tell it everything at each step.
class HtmlView : public QTextBrowser
{
    Q_OBJECT
public:
    using QTextBrowser::QTextBrowser;

    /// \returns whether it is another text than before
    bool tell(const QString& html)
    {
        if (m_told && html == m_html)
            return false;
        m_told = true;
        m_html = html;
        setHtml(html);
        return true;
    }

private:
    QString m_html;
    bool m_told = false;
};

} // namespace corscope
