#pragma once

#include "core/explain/Diagnosis.h"

#include <QWidget>

class QPushButton;
class QTextBrowser;

namespace corscope {

/// A diagnosis to read: what happened in a sentence, who blocked, who can fix it and how; the rest on demand. The words
/// are those of core/explain, as on the command line.
class ExplanationView : public QWidget
{
    Q_OBJECT
public:
    explicit ExplanationView(QWidget* parent = nullptr);

    void show(const explain::Diagnosis& diagnosis);
    /// Something else, for want of a diagnosis. \param html with text that is escaped already
    void say(const QString& html);
    /// What stands below the diagnosis, as HTML.
    void setAppendix(const QString& html);
    QString text() const;

public Q_SLOTS:
    void sayAll(bool all);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    explain::Diagnosis m_diagnosis;
    QString m_instead;
    QString m_appendix;
    bool m_all = false;
    QTextBrowser* m_browser;
    QPushButton* m_more;
};

} // namespace corscope
