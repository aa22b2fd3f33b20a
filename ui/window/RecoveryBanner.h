#pragma once

#include <QFrame>

class QLabel;

namespace corscope {

class DocumentActions;
class ScenarioDocument;

/// Offers what an earlier run left unsaved: keep it, or throw it away. Stays until that is decided.
class RecoveryBanner : public QFrame
{
    Q_OBJECT
public:
    RecoveryBanner(ScenarioDocument& document, DocumentActions& files, QWidget* parent = nullptr);

    /// Shows the next offer; hides where there is none.
    void refresh();

Q_SIGNALS:
    void failed(const QString& sentence);

private:
    void keep();
    void discard();

    ScenarioDocument& m_document;
    DocumentActions& m_files;
    QString m_path;
    QLabel* m_text;
};

} // namespace corscope
